#!/usr/bin/env bash
# Fetches CIFAR-100 in its binary layout from the authors' site into datasets/cifar-100-binary.
exec "$(dirname "$0")/fetch.sh" https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz 03b5dce01913d631647c71ecec9e9cb8 cifar-100-binary
