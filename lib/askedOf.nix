{ userPath, ... }:
let
  inherit (builtins)
    all
    concatMap
    concatStringsSep
    dirOf
    filter
    isString
    length
    match
    pathExists
    replaceStrings
    split
    storeDir
    ;

  # Requirements that are text have no file. A few of them fit on a command line, unless they have options or comments.
  most = 4;
  isPlain = line: match "[[:space:]]*[A-Za-z0-9][^#]*" line != null && match ".*([[:space:]]--|\\\\).*" line == null;
  quoted =
    line: if match "[A-Za-z0-9._-]+" line != null then line else "'${replaceStrings [ "'" ] [ "\"" ] line}'";
  ofText =
    text:
    let
      lines = filter (line: isString line && match "[[:space:]]*" line == null) (split "[\r\n]+" text);
    in
    if length lines <= most && all (line: match "[[:space:]]*[A-Za-z0-9][^#\\]*" line != null) lines then
      map quoted lines
    else
      [ "-r requirements.txt" ];

  # A directory that is copied to the store by itself is there under a name of its own, so that the project's is taken;
  # but a flake's own directory is where commands are called.
  directoryOf =
    project:
    if project.tree != null && dirOf (toString project.tree) != storeDir then
      asDirectory (userPath project.tree).shell
    else
      project.directory or (
        if project.pname == null || project.tree != null && pathExists (project.tree + "/flake.nix") then
          "."
        else
          "./${project.pname}"
      );
  # Without a slash it would be the name of a project.
  asDirectory = text: if match ".*/.*" text == null then "./${text}" else text;
  fileOf = sources: "-r ${if sources ? file then (userPath sources.file).shell else "requirements.txt"}";
  optionsOf =
    project:
    if project.given == null then
      [ (directoryOf project) ]
    else
      [
        (fileOf project.given)
        "--build-of ${if project.pname == null then "" else "${project.pname}="}${directoryOf project}"
      ];
in
/*
  What is locked for arguments, as a command line names it: the requirements and the directories of projects, or null if
  there is neither.

  Type: askedOf :: AttrSet -> string | null

  Example:
    askedOf (arguments { requirements = ./requirements.txt; packagesExtra = [ ./my-package ]; … })
    => "-r /home/me/requirements.txt /home/me/my-package"
*/
{
  requirements,
  sources,
  extra,
  ...
}:
let
  own =
    if sources != null then
      [ (fileOf sources) ]
    else if requirements == null || requirements == "" then
      [ ]
    else
      ofText requirements;
  all = own ++ concatMap optionsOf extra.projects;
in
if all == [ ] then null else concatStringsSep " " all
