{ ... }:
/*
  The name of a directory of fixes, by which a lock says whose a fix is. What is copied to the store gets a hash before
  its name, which is left out.

  Type: directoryName :: path | string -> string

  Example:
    directoryName ./my-overrides
    => "my-overrides"
*/
directory:
let
  name = baseNameOf (builtins.unsafeDiscardStringContext (toString directory));
  stripped = builtins.match "[0-9a-z]{32}-(.*)" name;
in
if stripped == null then name else builtins.head stripped
