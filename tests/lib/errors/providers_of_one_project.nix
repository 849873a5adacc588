(import ../../../lib).providers {
  NumPy = "wheel";
  numpy = "sdist";
}
