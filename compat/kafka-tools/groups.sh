# kafka-console-producer, kafka-console-consumer, kafka-consumer-groups (describe, resets of every
# kind, delete), kafka-groups.

topics --create --topic lines
says "a topic" 'Created'
seq 1 100 >lines
code=0
timeout 60 "$JAVA_HOME/bin/java" -cp "$libraries/*" org.apache.kafka.tools.ConsoleProducer \
  --bootstrap-server "$BOOTSTRAP" --topic lines <lines >out 2>&1 || code=$?
says "console producer"

for protocol in classic consumer; do
  tool org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server "$BOOTSTRAP" \
    --topic lines --group "readers-$protocol" --command-property "group.protocol=$protocol" \
    --from-beginning --max-messages 100 --timeout-ms 30000
  says "console consumer, $protocol" '^1$' '^100$' 'total of 100 messages'
  group --describe --group "readers-$protocol"
  says "described" "^readers-$protocol +lines +0 +100 +100 +0"
  group --describe --group "readers-$protocol" --state
  says "its state" 'Empty'
done
group --list
says "list" '^readers-classic$' '^readers-consumer$'
tool org.apache.kafka.tools.GroupsCommand --bootstrap-server "$BOOTSTRAP" --list
says "list with types" 'readers-classic +Classic' 'readers-consumer +Consumer'

reset() { # offset, option...
  label="reset $2"
  want=$1
  shift
  group --group readers-classic --topic lines --reset-offsets --execute "$@"
  says "$label" "^readers-classic +lines +0 +$want *\$"
}
reset 0 --to-earliest
reset 100 --to-latest
reset 40 --to-offset 40
reset 30 --shift-by -10
reset 30 --to-current
reset 0 --by-duration PT1H
reset 0 --to-datetime 2020-01-01T00:00:00.000
group --group readers-classic --topic lines --reset-offsets --to-offset 7 --dry-run --export
says "export of a reset" '"?lines"?,0,7'
grep -E '^"' out >reset.csv || grep -E '^lines' out >reset.csv
group --group readers-classic --reset-offsets --from-file reset.csv --execute
says "reset from a file" '^readers-classic +lines +0 +7 *$'
group --group readers-classic --delete-offsets --topic lines
says "delete offsets" 'lines'
group --group readers-classic --delete
says "delete" 'successful'
group --describe --group readers-classic
says "it is gone" 'not found'
