# What the scripts beside this one share: Kafka's own command line tools, and checks of what they
# say. To be sourced, with HERE as this folder and BOOTSTRAP as the broker's address.

libraries=$HERE/../target/kafka-tools

# Runs a tool's main class; its output goes to the file "out", and its exit code is kept.
tool() {
  code=0
  timeout 120 "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$libraries/*" "$@" >out 2>&1 </dev/null ||
    code=$?
}

topics() { tool org.apache.kafka.tools.TopicCommand --bootstrap-server "$BOOTSTRAP" "$@"; }
configs() { tool kafka.admin.ConfigCommand --bootstrap-server "$BOOTSTRAP" "$@"; }
offsets() { tool org.apache.kafka.tools.GetOffsetShell --bootstrap-server "$BOOTSTRAP" "$@"; }
group() {
  tool org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --bootstrap-server "$BOOTSTRAP" "$@"
}

fail() {
  echo "  $1: FAILED (exit code $code), got:" >&2
  sed 's/^/    /' out >&2
  exit 1
}

# The tool succeeded, and said something like each of these.
says() {
  label=$1
  shift
  [ "$code" = 0 ] || fail "$label"
  for pattern; do
    grep -Eq -e "$pattern" out || { echo "  missing: $pattern" >&2; fail "$label"; }
  done
  echo "  $label: ok"
}

# The tool refused, and said why.
refuses() {
  label=$1
  [ "$code" != 0 ] || fail "$label"
  grep -Eq -e "$2" out || { echo "  missing: $2" >&2; fail "$label"; }
  echo "  $label: refused"
}

# What the tool said has nothing like this.
without() {
  if grep -Eq -e "$2" out; then
    echo "  unexpected: $2" >&2
    fail "$1"
  fi
}
