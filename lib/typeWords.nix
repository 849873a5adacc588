# What messages call the types of the language, by the names that `builtins.typeOf` gives them.
_: {
  bool = "true or false";
  float = "a number";
  int = "a number";
  lambda = "a function";
  list = "a list";
  null = "null";
  path = "a path";
  set = "a set";
  string = "text";
}
