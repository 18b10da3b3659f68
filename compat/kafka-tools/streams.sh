# kafka-streams-groups, kafka-streams-application-reset, kafka-share-groups.

app=compat
# Others may have left topics of these names, with other partitions than the application needs.
topics --delete --topic 'lines|counts|orders|payments|paid|balances|regions' --if-exists
for topic in lines:3 counts:1 orders:2 payments:2 paid:1 balances:2 regions:1; do
  topics --create --topic "${topic%:*}" --partitions "${topic#*:}"
done
says "topics"
seq 1 50 >input
code=0
"$JAVA_HOME/bin/java" -cp "$libraries/*" org.apache.kafka.tools.ConsoleProducer \
  --bootstrap-server "$BOOTSTRAP" --topic lines <input >out 2>&1 || code=$?
says "input"

# Starts the application with a protocol, and waits until it runs.
launch() {
  timeout 120 "$JAVA_HOME/bin/java" -Xmx256m -cp "$HERE/../target/classes:$HERE/../target/lib/*" \
    dev.sluice.compat.streams.StreamsMain "$BOOTSTRAP" "$PWD/state-$1" "$1" >"application-$1" 2>&1 &
  application=$!
  tries=0
  until grep -q 'State RUNNING' "application-$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { code=1; cp "application-$1" out; fail "an application runs, $1"; }
    sleep 0.1
  done
}
end() { # without a word to the group
  kill "$application"
  wait "$application" 2>/dev/null || true
}

of() { tool org.apache.kafka.tools.streams.StreamsGroupCommand --bootstrap-server "$BOOTSTRAP" "$@"; }
configs --alter --entity-type groups --entity-name $app \
  --add-config streams.session.timeout.ms=6000,streams.heartbeat.interval.ms=1000
says "settings of a streams group" 'Completed updating'
launch streams
of --list
says "an application of the new protocol" "^$app\$"
of --describe --group $app --state
says "its state" "^$app .*(Stable|Reconciling|Assigning)"
of --describe --group $app --members
says "its members" 'ACTIVE:'
of --describe --group $app --offsets
says "its offsets" "^$app +lines"
end
topics --list
says "its internal topics" "^$app-.*-changelog" "^$app-.*-repartition"
tries=0
until of --delete --group $app && [ "$code" = 0 ] && grep -q 'successful' out; do
  tries=$((tries + 1))
  [ "$tries" -lt 10 ] || fail "delete, when its members are gone"
  sleep 1
done
says "delete, when its members are gone"

launch classic
end
tool org.apache.kafka.tools.StreamsResetter --bootstrap-server "$BOOTSTRAP" --application-id $app \
  --input-topics lines --force
says "reset of an application" 'lines.*0' 'Deleting'
topics --list
without "its internal topics are gone" "^$app-.*-changelog"
group --describe --group $app
says "it begins again" "^$app +lines +[0-9]+ +0 "

tool org.apache.kafka.tools.consumer.group.ShareGroupCommand --bootstrap-server "$BOOTSTRAP" --list
says "share groups: none"
tool org.apache.kafka.tools.consumer.group.ShareGroupCommand --bootstrap-server "$BOOTSTRAP" \
  --describe --group nobody
says "share groups are not described" 'does not support SHARE_GROUP_DESCRIBE'
