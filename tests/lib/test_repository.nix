{ scope, ... }:
let
  inherit (scope) repository;
in
{
  parts = {
    expr = map repository.parse [
      "github:owner/mine"
      "gitlab:group/sub%2Fmine?dir=py"
      "github:owner/mine@v1#subdirectory=py"
      "git+https://user:secret@git.example/owner/mine.git#tag-prefix=a-&subdirectory=py/deep"
      "git+ssh://git@git.example:22/owner/mine"
      "git+file:///srv/mine@main"
    ];
    expected = [
      {
        url = "https://github.com/owner/mine";
        subdirectory = null;
        revision = null;
      }
      {
        url = "https://gitlab.com/group/sub/mine";
        subdirectory = "py";
        revision = null;
      }
      {
        url = "https://github.com/owner/mine";
        subdirectory = "py";
        revision = "v1";
      }
      {
        url = "https://git.example/owner/mine";
        subdirectory = "py/deep";
        revision = null;
      }
      {
        url = "ssh://git@git.example:22/owner/mine";
        subdirectory = null;
        revision = null;
      }
      {
        url = "file:///srv/mine";
        subdirectory = null;
        revision = "main";
      }
    ];
  };
  none = {
    expr = map repository.parse [
      "wheel"
      "github:owner"
      "github:owner/mine/more"
      "gihub:owner/mine"
      "https://git.example/owner/mine"
    ];
    expected = [
      null
      null
      null
      null
      null
    ];
  };
  plain = {
    expr = map repository.plain [
      "https://git.example/o/r.git/"
      "ssh://git:secret@git.example/o/r"
    ];
    expected = [
      "https://git.example/o/r"
      "ssh://git@git.example/o/r"
    ];
  };
}
