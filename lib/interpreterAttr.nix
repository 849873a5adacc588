{ ... }:
/*
  The attribute of nixpkgs that a name of an interpreter means: itself, or that of a version.

  Type: interpreterAttr :: string -> string

  Example:
    interpreterAttr "3.12"
    => "python312"
*/
name:
if builtins.match "[0-9]+\\.[0-9]+" name != null then
  "python${builtins.replaceStrings [ "." ] [ "" ] name}"
else
  name
