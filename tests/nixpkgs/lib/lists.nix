# nixpkgs: lib/lists.nix
{ lib }:
{
  inherit (builtins)
    all
    any
    concatLists
    concatMap
    elem
    elemAt
    filter
    genList
    head
    length
    map
    sort
    tail
    ;

  foldr =
    op: nul: list:
    let
      len = builtins.length list;
      go = i: if i == len then nul else op (builtins.elemAt list i) (go (i + 1));
    in
    go 0;

  optional = cond: x: if cond then [ x ] else [ ];
  optionals = cond: xs: if cond then xs else [ ];
  reverseList =
    list:
    let
      last = builtins.length list - 1;
    in
    builtins.genList (i: builtins.elemAt list (last - i)) (last + 1);
  toList = x: if builtins.isList x then x else [ x ];
  flatten = x: if builtins.isList x then builtins.concatMap lib.flatten x else [ x ];
  unique = builtins.foldl' (acc: x: if builtins.elem x acc then acc else acc ++ [ x ]) [ ];
  take = n: list: builtins.genList (builtins.elemAt list) (lib.min n (builtins.length list));
}
