// libtorch's threads and random numbers are shared by the whole process.
[assembly: DoNotParallelize]
