# Programs and libraries of the host as packages: directories of links, named as nixpkgs names its packages.
{
  lib,
  host,
  system,
}:
let
  present = known: filter: builtins.intersectAttrs (lib.genAttrs filter (_: null)) known;
  hostPrograms = lib.genAttrs host.programs (name: "/usr/bin/${name}");
  hostHeaders = lib.genAttrs host.headers (name: "/usr/include/${name}");
  below = dir: lib.mapAttrs' (name: file: lib.nameValuePair "${dir}/${name}" file);
in
rec {
  # A package of links, name -> file. A raw derivation, since the standard environment is made of these.
  links =
    {
      pname,
      version ? "host",
      files,
      passthru ? { },
      meta ? { },
    }:
    lib.extendDerivation true ({ inherit pname version meta; } // passthru) (derivation {
      name = "${pname}-${version}";
      inherit system;
      builder = host.bash;
      args = [ ./link.sh ];
      files = lib.concatLines (lib.mapAttrsToList (name: file: "${name} ${file}") files);
      passAsFile = [ "files" ];
    });

  # Programs of the host. One that it lacks is a script that says so, since not every build of a package runs it.
  programs = pname: names: programsWith { } pname names;
  programsWith =
    files: pname: names:
    links {
      inherit pname;
      files = below "bin" (lib.genAttrs names (name: hostPrograms.${name} or "missing")) // files;
      meta.mainProgram = builtins.head names;
    };

  # A program of Rust, which may be the user's own.
  rust =
    name:
    programsWith (if host.rust or null == null then { } else { "bin/${name}" = "${host.rust}/${name}"; }) name [ name ];

  # The links of those of these libraries that the host has, as nixpkgs' packages have them in lib/.
  sonames = names: below "lib" (present host.libraries names);

  # Libraries with headers. What the host lacks is left out: a build that needs it says what it misses.
  library =
    pname:
    {
      libraries,
      headers ? [ ],
    }:
    let
      developer = soname: "${builtins.head (lib.splitString ".so" soname)}.so";
      found = builtins.attrNames (present host.libraries libraries);
    in
    links {
      inherit pname;
      files =
        sonames libraries
        // below "lib" (lib.genAttrs' found (soname: lib.nameValuePair (developer soname) host.libraries.${soname}))
        // below "include" (present hostHeaders headers);
    };
}
