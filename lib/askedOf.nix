{ directoryName, ... }:
let
  inherit (builtins) concatMap concatStringsSep;
in
/*
  What is locked for arguments, as a command line names it: the requirements file and the directories of projects, or
  null if there are no projects.

  Type: askedOf :: AttrSet -> string | null

  Example:
    askedOf (arguments { requirements = ./requirements.txt; packagesExtra = [ ./my-package ]; … })
    => "-r requirements.txt ./my-package"
*/
{ requirements, extra, ... }:
let
  # A directory that is copied to the store by itself is there under a name of its own, so that the project's is taken.
  isAlone = tree: tree == null || dirOf (toString tree) == builtins.storeDir;
  directoryOf =
    project:
    project.directory or (
      if !(isAlone project.tree) then
        "./${directoryName project.tree}"
      else if project.pname == null then
        "."
      else
        "./${project.pname}"
    );
  optionsOf =
    project:
    if project.given == null then
      [ (directoryOf project) ]
    else
      [
        "-r requirements.txt"
        "--build-of ${if project.pname == null then "" else "${project.pname}="}${directoryOf project}"
      ];
in
if extra.projects == [ ] then
  null
else
  concatStringsSep " " (
    (if requirements == null || requirements == "" then [ ] else [ "-r requirements.txt" ])
    ++ concatMap optionsOf extra.projects
  )
