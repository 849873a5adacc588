# nixpkgs: lib/fetchers.nix
{ lib }:
{
  proxyImpureEnvVars = [
    "http_proxy"
    "https_proxy"
    "ftp_proxy"
    "all_proxy"
    "no_proxy"
    "NIX_SSL_CERT_FILE"
  ];
}
