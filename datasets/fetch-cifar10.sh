#!/usr/bin/env bash
# Fetches CIFAR-10 in its binary layout from the authors' site into datasets/cifar-10-batches-bin.
exec "$(dirname "$0")/fetch.sh" https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz c32a1d4ab5d03f1284b67883e8d87530 cifar-10-batches-bin
