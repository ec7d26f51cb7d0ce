# glmnet on the problem: Rscript glmnet_peer.R DATA ROWS WEIGHTS. Prints one JSON line.
#
# With alpha = 0 and no standardisation glmnet's multinomial family has the same objective, mean loss + lambda/2 ||W||^2 with a row of weights a class.
# It goes down a path of strengths to ours, as its manual advises: with the last one alone it does not finish 300 rows in a minute.
suppressPackageStartupMessages(library(glmnet))
arguments <- commandArgs(trailingOnly = TRUE)
rows <- as.integer(arguments[2])
x <- t(matrix(readBin(file.path(arguments[1], "img_x.f32"), "numeric", rows * 784, size = 4), 784))
y <- factor(readBin(file.path(arguments[1], "img_y.i32"), "integer", rows), levels = 0:9)
clock <- proc.time()["elapsed"]
fit <- glmnet(x, y, family = "multinomial", alpha = 0, lambda = 10^seq(0, -4, by = -0.25), standardize = FALSE, thresh = 1e-7, maxit = 1e6)
seconds <- proc.time()["elapsed"] - clock
coefficients <- lapply(coef(fit, s = 1e-4), as.matrix)
weights <- unlist(lapply(coefficients, function(b) b[-1, 1]))
intercepts <- unlist(lapply(coefficients, function(b) b[1, 1]))
writeBin(c(as.double(weights), as.double(intercepts)), arguments[3])
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) * 1024e-6
cat(sprintf('{"seconds": %.3f, "note": "%s, %d passes", "peakMegabytes": %.1f}\n', seconds, packageVersion("glmnet"), fit$npasses, peak))
