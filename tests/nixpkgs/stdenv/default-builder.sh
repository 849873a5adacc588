# The builder of a package that names none.
source "$stdenv/setup"
genericBuild
