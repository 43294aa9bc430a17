# Sourced by ./run and ./test: stops with a clear message when the .NET SDK is missing or too old.
# Expects the repository root as the current directory, because global.json there names the SDK.

if ! command -v dotnet >/dev/null; then
  echo "AkkaParty needs the .NET 10 SDK, and there is no 'dotnet' on the PATH." >&2
  echo "Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and try again." >&2
  exit 1
fi
if ! sdk_version=$(dotnet --version 2>/dev/null); then
  echo "AkkaParty needs the .NET 10 SDK (see global.json); this machine has:" >&2
  (cd / && dotnet --list-sdks | sed 's/^/  /') >&2
  echo "Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and try again." >&2
  exit 1
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
