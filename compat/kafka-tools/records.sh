# kafka-producer-perf-test fills, kafka-get-offsets looks, kafka-delete-records deletes.

topics --create --topic filled --partitions 2
says "a topic" 'Created'
tool org.apache.kafka.tools.ProducerPerformance --bootstrap-server "$BOOTSTRAP" --topic filled \
  --num-records 10000 --record-size 100 --throughput -1
says "produce" '^10000 records sent'

offsets --topic filled
says "offsets at the end" '^filled:0:[1-9]' '^filled:1:[1-9]'
total=$(awk -F: '{ sum += $3 } END { print sum }' out)
[ "$total" = 10000 ] || fail "the offsets add up to $total"
offsets --topic filled --time earliest
says "offsets at the start" '^filled:0:0$' '^filled:1:0$'
offsets --topic filled --time max-timestamp
says "offsets of the newest record" '^filled:0:[0-9]'
offsets --topic filled --time 1000
says "offsets by time" '^filled:0:0$'
offsets --topic-partitions filled:1
says "offsets of one partition" '^filled:1:'
without "offsets of one partition" '^filled:0'

echo '{"version":1,"partitions":[{"topic":"filled","partition":0,"offset":5},
  {"topic":"filled","partition":1,"offset":-1}]}' >delete.json
tool org.apache.kafka.tools.DeleteRecordsCommand --bootstrap-server "$BOOTSTRAP" \
  --offset-json-file delete.json
says "delete records" 'partition: filled-0.*low_watermark: 5' 'partition: filled-1.*low_watermark: [1-9]'
offsets --topic filled --time earliest
says "they are gone" '^filled:0:5$' '^filled:1:[1-9]'
echo '{"version":1,"partitions":[{"topic":"filled","partition":0,"offset":99999}]}' >delete.json
tool org.apache.kafka.tools.DeleteRecordsCommand --bootstrap-server "$BOOTSTRAP" \
  --offset-json-file delete.json
says "not what is not there" 'partition: filled-0.*error'
