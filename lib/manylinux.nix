{ fail, ... }:
let
  inherit (builtins)
    any
    concatMap
    elemAt
    filter
    foldl'
    fromJSON
    isString
    match
    split
    ;

  # The tags of a wheel's platform, of which it may name several: manylinux_2_17_x86_64.manylinux2014_x86_64.
  platformsOf = file: filter isString (split "\\." (elemAt (match ".*-([^-]+)\\.whl" file) 0));

  # The glibc 2.x of a platform, which the first levels name by a year (PEP 600).
  years = {
    "1" = 5;
    "2010" = 12;
    "2014" = 17;
  };
  levelOf =
    platform:
    let
      found = match "manylinux(_2_)?([0-9]+)_.*" platform;
    in
    if found == null then
      [ ]
    else if elemAt found 0 == null then
      [ years.${elemAt found 1} ]
    else
      [ (fromJSON (elemAt found 1)) ];
in
/*
  The libraries that a wheel with code for Linux may take for granted, by the level in its name: PEP 513 lists more than
  PEP 571 and PEP 599. Of several levels the lowest counts, and a wheel without one may need whatever there is. On musl
  there is no such list (PEP 656). A wheel for the other C library stops here: a lock does not tell the two apart, since
  nixpkgs calls both x86_64-linux.

  Type: manylinux :: { pkgs, name, file :: string | null } -> [derivation]

  Example:
    manylinux { inherit pkgs; name = "numpy"; file = "numpy-2.3.0-cp312-cp312-manylinux_2_28_x86_64.whl"; }
    => pkgs.pythonManylinuxPackages.manylinux2014
*/
{
  pkgs,
  name,
  file,
}:
let
  platforms = if file == null then [ ] else platformsOf file;
  levels = concatMap levelOf platforms;
  lowest = foldl' (a: b: if b < a then b else a) 1000 levels;
  inherit (pkgs.stdenv.hostPlatform) isMusl;

  isForMusl = any (platform: match "musllinux.*" platform != null) platforms;
  stop =
    libc: other:
    fail {
      what = "${file} is for ${libc}, nixpkgs is for ${other}";
      where = "[[packages]] ${name}";
      hint = "give mkPython the requirements, or a lock that was made for this nixpkgs";
    };
in
if isMusl && levels != [ ] then
  stop "glibc" "musl"
else if isMusl then
  [ pkgs.stdenv.cc.cc ]
else if isForMusl && levels == [ ] then
  stop "musl" "glibc"
else if levels == [ ] || lowest < 12 then
  pkgs.pythonManylinuxPackages.manylinux1
else if lowest < 17 then
  pkgs.pythonManylinuxPackages.manylinux2010
else
  pkgs.pythonManylinuxPackages.manylinux2014
