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
    foldl'
    genList
    groupBy
    head
    length
    map
    partition
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

  singleton = x: [ x ];
  optional = cond: x: if cond then [ x ] else [ ];
  optionals = cond: xs: if cond then xs else [ ];
  toList = x: if builtins.isList x then x else [ x ];
  flatten = x: if builtins.isList x then builtins.concatMap lib.flatten x else [ x ];
  unique = builtins.foldl' (acc: x: if builtins.elem x acc then acc else acc ++ [ x ]) [ ];
  remove = x: builtins.filter (y: y != x);
  subtractLists = xs: builtins.filter (x: !(builtins.elem x xs));
  intersectLists = xs: builtins.filter (x: builtins.elem x xs);
  findFirst =
    pred: default: list:
    let
      found = builtins.filter pred list;
    in
    if found == [ ] then default else builtins.head found;
  imap0 = f: list: builtins.genList (i: f i (builtins.elemAt list i)) (builtins.length list);
  range = first: last: if first > last then [ ] else builtins.genList (i: first + i) (last - first + 1);
  take = n: list: builtins.genList (builtins.elemAt list) (lib.min n (builtins.length list));
  drop =
    n: list:
    builtins.genList (i: builtins.elemAt list (i + n)) (lib.max 0 (builtins.length list - n));
  last = list: builtins.elemAt list (builtins.length list - 1);
  reverseList =
    list:
    let
      len = builtins.length list;
    in
    builtins.genList (i: builtins.elemAt list (len - i - 1)) len;
}
