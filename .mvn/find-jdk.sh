# Sourced by ./mvnw and ./sluice: sets JAVA_HOME to a JDK of at least version 21, or says what to install.
# Order: JAVA_HOME if it fits, then the java on PATH, then the usual install folders (newest first).

sluice_jdk_version() { # JDK home -> major version, or 0
  if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    echo 0
  fi
}

sluice_find_jdk() {
  sluice_candidates=${JAVA_HOME-}
  if command -v javac >/dev/null 2>&1; then
    sluice_javac=$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)
    sluice_candidates="$sluice_candidates
${sluice_javac%/bin/javac}"
  fi
  while IFS= read -r sluice_home; do
    [ -n "$sluice_home" ] || continue
    sluice_version=$(sluice_jdk_version "$sluice_home")
    if [ "${sluice_version:-0}" -ge 21 ]; then
      JAVA_HOME=$sluice_home
      export JAVA_HOME
      return 0
    fi
  done <<CANDIDATES
$sluice_candidates
CANDIDATES
  sluice_best=0
  set +f
  for sluice_home in /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    sluice_version=$(sluice_jdk_version "$sluice_home")
    if [ "${sluice_version:-0}" -ge 21 ] && [ "$sluice_version" -gt "$sluice_best" ]; then
      sluice_best=$sluice_version
      JAVA_HOME=$sluice_home
    fi
  done
  if [ "$sluice_best" -gt 0 ]; then
    export JAVA_HOME
    return 0
  fi
  echo "Sluice needs a JDK 21 or newer (25 recommended) and found none: install one (for example Eclipse Temurin, https://adoptium.net) or point JAVA_HOME at it." >&2
  return 1
}

sluice_find_jdk || exit 1
