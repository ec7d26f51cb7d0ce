# glmnet: Rscript glmnet_peer.R FOLDER WEIGHTS, from this folder.
#
# With alpha = 0 and no standardisation glmnet's multinomial family has the same objective, mean loss + lambda/2 ||W||^2 with a row of weights a class.
# It goes down a path of strengths to ours, as its manual advises: with the last one alone it does not finish 300 rows in a minute.
suppressPackageStartupMessages(library(glmnet))
source("table.R")
arguments <- commandArgs(trailingOnly = TRUE)
table <- read_table(arguments[1])
path <- 10^seq(0, log10(table$strength), length.out = 17)
clock <- proc.time()["elapsed"]
fit <- glmnet(table$x, table$y, family = "multinomial", alpha = 0, lambda = path, standardize = FALSE, thresh = 1e-7, maxit = 1e6)
seconds <- proc.time()["elapsed"] - clock
coefficients <- sapply(coef(fit, s = table$strength), as.vector)
hand_back(arguments[2], t(coefficients[-1, ]), coefficients[1, ], seconds, sprintf("%s, %d passes", packageVersion("glmnet"), fit$npasses))
