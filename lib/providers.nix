{ providerOrders, ... }:
let
  inherit (builtins) attrNames concatMap concatStringsSep;
in
/*
  The command-line options for the user's orders of providers.

  Type: providers :: AttrSet -> [string]

  Example:
    providers { _default = "wheel,nixpkgs"; NumPy = [ "nixpkgs" ]; }
    => [ "--providers" "wheel,nixpkgs" "--provider" "numpy=nixpkgs" ]
*/
value:
let
  orders = providerOrders value;
in
concatMap (
  project:
  let
    order = concatStringsSep "," orders.${project};
  in
  if project == "_default" then
    [
      "--providers"
      order
    ]
  else
    [
      "--provider"
      "${project}=${order}"
    ]
) (attrNames orders)
