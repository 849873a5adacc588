{ scope, fake }:
let
  environment = system: scope.environment { pkgs = fake.pkgsFor system; };
  python = changes: fake.pkgs.python3 // changes;
  of =
    changes:
    scope.environment {
      inherit (fake) pkgs;
      python = python changes;
    };
in
{
  linux = {
    expr = environment "x86_64-linux";
    expected = {
      version = 1;
      system = "x86_64-linux";
      markers = {
        implementation_name = "cpython";
        implementation_version = "3.12.4";
        os_name = "posix";
        platform_machine = "x86_64";
        platform_python_implementation = "CPython";
        platform_release = "";
        platform_system = "Linux";
        platform_version = "";
        python_full_version = "3.12.4";
        python_version = "3.12";
        sys_platform = "linux";
      };
      target = {
        implementation = "cpython";
        python = [
          3
          12
        ];
        free-threaded = false;
        system = "x86_64-linux";
        libc = "glibc";
        libc-version = [
          2
          40
        ];
      };
    };
  };
  theKernelsNameOfTheProcessor = {
    expr = (environment "powerpc64le-linux").markers.platform_machine;
    expected = "ppc64le";
  };
  darwin = {
    expr =
      let
        made = environment "aarch64-darwin";
      in
      [
        made.markers.platform_machine
        made.markers.sys_platform
        made.target.macos
      ];
    expected = [
      "arm64"
      "darwin"
      [
        14
        0
      ]
    ];
  };
  # nixpkgs of 2024 compiles for macOS 11.3; wheels of today want a newer one.
  anOldDeploymentTargetIsRaised = {
    expr =
      let
        stdenv = (fake.pkgsFor "aarch64-darwin").stdenv;
      in
      (of {
        stdenv = stdenv // {
          hostPlatform = stdenv.hostPlatform // {
            darwinMinVersion = "11.3";
          };
        };
      }).target.macos;
    expected = [
      14
      0
    ];
  };
  aNewDeploymentTargetStays = {
    expr =
      let
        stdenv = (fake.pkgsFor "aarch64-darwin").stdenv;
      in
      (of {
        stdenv = stdenv // {
          hostPlatform = stdenv.hostPlatform // {
            darwinMinVersion = "15.1";
          };
        };
      }).target.macos;
    expected = [
      15
      1
    ];
  };
  musl = {
    expr =
      (of {
        stdenv = {
          hostPlatform = fake.pkgs.lib.systems.elaborate {
            system = "x86_64-linux";
            libc = "musl";
          };
          cc.libc.version = "1.2.5";
        };
      }).target;
    expected = {
      implementation = "cpython";
      python = [
        3
        12
      ];
      free-threaded = false;
      system = "x86_64-linux";
      libc = "musl";
      libc-version = [
        1
        2
      ];
    };
  };
  freeThreaded = {
    expr = (of { libPrefix = "python3.13t"; }).target.free-threaded;
    expected = true;
  };
  # PyPy 7.3.17 speaks Python 3.10.
  pypy = {
    expr =
      let
        made = of {
          implementation = "pypy";
          version = "7.3.17";
          pythonVersion = "3.10";
        };
      in
      [
        made.markers.implementation_version
        made.markers.python_full_version
        made.markers.platform_python_implementation
      ];
    expected = [
      "7.3.17"
      "3.10.0"
      "PyPy"
    ];
  };
  otherImplementationsStop = {
    expr = fake.stops (of { implementation = "jython"; });
    expected = true;
  };
}
