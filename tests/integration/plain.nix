# What somebody would write by hand in mach's place: the text of an expression that has each package of a lock by
# buildPythonPackage, and the environment of all by withPackages. For `bench`: only wheels are written, of one system.
{ lock }:
let
  inherit (builtins)
    concatStringsSep
    filter
    fromTOML
    head
    listToAttrs
    map
    readFile
    ;
  read = fromTOML (readFile lock);
  wheels = filter (entry: entry.tool.mach.provider == "wheel") read.packages;
  has = listToAttrs (
    map (entry: {
      inherit (entry) name;
      value = true;
    }) wheels
  );
  package =
    entry:
    let
      file = head entry.wheels;
      cut = entry.tool.mach.cut or [ ];
      dependencies = filter (dependency: has ? ${dependency.name} && !(builtins.elem dependency.name cut)) (
        entry.dependencies or [ ]
      );
    in
    ''
      "${entry.name}" = self.buildPythonPackage {
        pname = "${entry.name}";
        version = "${entry.version}";
        format = "wheel";
        src = pkgs.fetchurl {
          url = "${file.url or "https://index.example/${entry.tool.mach.locations.${file.name}}"}";
          sha256 = "${file.hashes.sha256}";
        };
        dependencies = [ ${concatStringsSep " " (map (dependency: ''self."${dependency.name}"'') dependencies)} ];
        doCheck = false;
      };
    '';
in
''
  { pkgs }:
  let
    python = pkgs.python${builtins.replaceStrings [ "." ] [ "" ] read.tool.mach.python}.override {
      self = python;
      packageOverrides = self: super: {
        ${concatStringsSep "" (map package wheels)}
      };
    };
  in
  python.withPackages (set: [ ${concatStringsSep " " (map (entry: ''set."${entry.name}"'') wheels)} ])
''
