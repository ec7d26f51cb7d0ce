# R's nnet::multinom: Rscript multinom_peer.R FOLDER WEIGHTS, from this folder.
#
# Without a penalty it has our objective, with the first class's weights fixed at 0. (Its decay would penalise the intercepts too, and the first class not at all.)
library(nnet)
source("table.R")
arguments <- commandArgs(trailingOnly = TRUE)
table <- read_table(arguments[1])
stopifnot(table$strength == 0)
clock <- proc.time()["elapsed"]
fit <- multinom(table$y ~ table$x, decay = 0, maxit = 1e5, MaxNWts = 1e7, trace = FALSE)
seconds <- proc.time()["elapsed"] - clock
coefficients <- rbind(0, coef(fit))
note <- sprintf("%s, %s", packageVersion("nnet"), if (fit$convergence == 0) "converged" else "out of iterations")
hand_back(arguments[2], coefficients[, -1], coefficients[, 1], seconds, note)
