# The programs that Kafka's own system tests are made of.

run() {
  class=$1
  shift
  tool "org.apache.kafka.tools.$class" --bootstrap-server "$BOOTSTRAP" "$@"
}

run VerifiableProducer --topic verified --max-messages 1000 --acks -1
says "verifiable producer" '"sent":1000,"acked":1000'
run VerifiableConsumer --topic verified --group-id verifiers --max-messages 1000 \
  --reset-policy earliest
says "verifiable consumer" '"maxOffset":999' '"success":true'
tool org.apache.kafka.tools.TransactionalMessageCopier --broker-list "$BOOTSTRAP" \
  --input-topic verified --input-partition 0 --output-topic copied --consumer-group copiers \
  --transactional-id copier --transaction-size 100 --max-messages 1000
says "transactional copier" '"totalProcessed":1000,"consumed":1000,"remaining":0'
tool org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server "$BOOTSTRAP" \
  --topic copied --isolation-level read_committed --from-beginning --max-messages 1000 \
  --timeout-ms 30000
says "the copies are committed" '^0$' '^999$' 'total of 1000 messages'
run ConsumerPerformance --topic verified --num-records 1000
says "consumer performance" '^[0-9-]+ [0-9:]+, .* 1000,'
run EndToEndLatency --topic latency --num-records 200 --producer-acks all --record-size 100
says "end-to-end latency" '^Percentiles: 50th'
