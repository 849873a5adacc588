{ ... }:
let
  inherit (builtins)
    concatMap
    elem
    elemAt
    filter
    fromJSON
    genList
    head
    isString
    length
    listToAttrs
    match
    split
    tail
    ;

  parts = text: filter isString (split "\\." text);
  # From a number down to another one.
  down = from: to: genList (i: from - i) (if from < to then 0 else from - to + 1);
  least =
    ranks:
    let
      known = filter (rank: rank != null) ranks;
    in
    if known == [ ] then
      null
    else
      builtins.foldl' (a: b: if b < a then b else a) (head known) (tail known);

  # The machine in the tags of a system, and the oldest minor version of glibc 2 that they name (PEP 600).
  machines = {
    aarch64 = {
      name = "aarch64";
      oldest = 17;
    };
    i686 = {
      name = "i686";
      oldest = 5;
    };
    x86_64 = {
      name = "x86_64";
      oldest = 5;
    };
  };
  legacy = {
    "17" = "manylinux2014";
    "12" = "manylinux2010";
    "5" = "manylinux1";
  };
  formats = {
    x86_64 = [
      "x86_64"
      "intel"
      "fat64"
      "fat3"
      "universal2"
      "universal"
    ];
    aarch64 = [
      "arm64"
      "universal2"
    ];
  };

  linux =
    { name, oldest }:
    target:
    [ "linux_${name}" ]
    ++ (
      if target.libc == "musl" then
        map (minor: "musllinux_${toString (head target.libc-version)}_${toString minor}_${name}") (
          down (elemAt target.libc-version 1) 0
        )
      else if head target.libc-version != 2 then
        [ ]
      else
        concatMap (
          minor:
          [ "manylinux_2_${toString minor}_${name}" ]
          ++ (if legacy ? ${toString minor} then [ "${legacy.${toString minor}}_${name}" ] else [ ])
        ) (down (elemAt target.libc-version 1) oldest)
    );

  macOS =
    cpu: release:
    let
      isNew = head release >= 11;
      old = if !isNew || cpu == "x86_64" then formats.${cpu} else [ "universal2" ];
      of = version: map (format: "macosx_${version}_${format}");
    in
    concatMap (major: of "${toString major}_0" formats.${cpu}) (down (head release) 11)
    ++ concatMap (minor: of "10_${toString minor}" old) (down (if isNew then 16 else elemAt release 1) 4);

  platformsOf =
    target:
    let
      cpu = head (match "([^-]*)-.*" target.system);
    in
    if target ? macos && formats ? ${cpu} then
      macOS cpu target.macos
    else if target ? libc && machines ? ${cpu} then
      linux machines.${cpu} target
    else
      [ ];
in
/*
  How well a wheel fits a target (`target` of environment.nix), by its name: less is better, and null does not fit. The
  order is that of helper/tags, where it is explained; CPython on the usual systems is known here.

  Type: wheelRank :: AttrSet -> string -> int | null

  Example:
    wheelRank (environment { inherit pkgs; }).target "numpy-2.0.0-cp312-cp312-win_amd64.whl"
    => null
*/
target:
let
  minor = elemAt target.python 1;
  platforms = platformsOf target;
  count = length platforms;
  index = listToAttrs (
    genList (i: {
      name = elemAt platforms i;
      value = i;
    }) count
  );
  isFree = target.free-threaded or false;
  exact = "cp3${toString minor}${if isFree then "t" else ""}";
  stable = if isFree then "abi3t" else "abi3";
  pureBase = minor + 1;

  minorOf =
    prefix: python:
    let
      found = match "${prefix}3(0|[1-9][0-9]?)" python;
    in
    if found == null then null else fromJSON (head found);
  # The place of a Python among py3N, py3, py3(N-1), …
  pure =
    python:
    let
      m = minorOf "py" python;
    in
    if python == "py3" then
      1
    else if m == null || m > minor then
      null
    else if m == minor then
      0
    else
      1 + minor - m;
  own =
    abis: python:
    let
      m = minorOf "cp" python;
    in
    if m == null || m > minor then
      null
    else if m < minor then
      if elem stable abis && m >= 2 then 2 + minor - m else null
    else if elem exact abis then
      0
    else if elem stable abis then
      1
    else if elem "none" abis then
      2
    else
      null;
in
file:
let
  found = match "[^-]+-[^-]+(-[0-9][^-]*)?-([^-]+)-([^-]+)-([^-]+)\\.whl" file;
  pythons = parts (elemAt found 1);
  abis = parts (elemAt found 2);
  places = parts (elemAt found 3);
  isPure = elem "none" abis;
  platform = least (map (place: index.${place} or null) places);
  block = least (
    map (own abis) pythons
    ++ (if isPure then map (p: if pure p == null then null else pureBase + pure p) pythons else [ ])
  );
  any = least (
    map (p: if p == "cp3${toString minor}" then 0 else if pure p == null then null else 1 + pure p) pythons
  );
in
if found == null || target.implementation != "cpython" then
  null
else if block != null && platform != null then
  block * count + platform
else if isPure && elem "any" places && any != null then
  (pureBase + minor + 2) * count + any
else
  null
