# kafka-dump-log on the files of a broker that runs; DATA is its directory.

dump() { tool org.apache.kafka.tools.DumpLogSegments "$@"; }
first=00000000000000000000

# The partitions of a topic that hold anything.
logs() { find "$DATA" -path "$DATA/$1-*/*.log" -size +0 | sort | paste -s -d, -; }

topics --create --topic dumped --config segment.bytes=1048576
says "a topic" 'Created'
tool org.apache.kafka.tools.ProducerPerformance --bootstrap-server "$BOOTSTRAP" --topic dumped \
  --num-records 20000 --record-size 100 --throughput -1
says "records" '^20000 records sent'
dump --files "$DATA/dumped-0/$first.log" --deep-iteration
says "a segment" 'baseOffset: 0 .*isvalid: true' 'offset: 1 CreateTime: [0-9]+ keySize: -1 valueSize: 100'
without "a segment" 'isvalid: false'
dump --files "$DATA/dumped-0/$first.index" --index-sanity-check
says "its offset index" 'passed sanity check'
dump --files "$DATA/dumped-0/$first.index" --verify-index-only
says "the offset index fits the segment"
without "the offset index fits the segment" 'Mismatches|Non-secutive'
dump --files "$DATA/dumped-0/$first.timeindex" --verify-index-only
says "the time index fits the segment"
without "the time index fits the segment" 'Found timestamp mismatch|out of order'
snapshot=$(find "$DATA/dumped-0" -name '*.snapshot' | sort | tail -1)
[ -z "$snapshot" ] || { dump --files "$snapshot"; says "producers" 'producerId: [0-9]+'; }

tool org.apache.kafka.tools.TransactionalMessageCopier --broker-list "$BOOTSTRAP" \
  --input-topic dumped --input-partition 0 --output-topic dumped-copies --consumer-group dumpers \
  --transactional-id dumper --transaction-size 100 --max-messages 200
says "transactions" '"totalProcessed":200'
dump --files "$DATA/dumped-copies-0/$first.log" --print-data-log
says "markers" 'isTransactional: true' 'endTxnMarker: COMMIT coordinatorEpoch: 0'
dump --files "$(logs __consumer_offsets)" --offsets-decoder
says "offsets" '"group":"dumpers","topic":"dumped","partition":0' '"offset":200'
dump --files "$(logs __transaction_state)" --transaction-log-decoder
says "states of transactions" '"transactionalId":"dumper"' '"transactionStatus":4'
without "every record is understood" 'Could not read|unknown'
