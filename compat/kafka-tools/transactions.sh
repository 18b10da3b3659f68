# kafka-transactions: list, describe, describe-producers, find-hanging, abort,
# forceTerminateTransaction.

transactions() {
  tool org.apache.kafka.tools.TransactionsCommand --bootstrap-server "$BOOTSTRAP" "$@"
}

tool org.apache.kafka.tools.VerifiableProducer --bootstrap-server "$BOOTSTRAP" --topic paid \
  --max-messages 100 --acks -1
says "records" '"acked":100'
tool org.apache.kafka.tools.TransactionalMessageCopier --broker-list "$BOOTSTRAP" \
  --input-topic paid --input-partition 0 --output-topic booked --consumer-group bookers \
  --transactional-id booker --transaction-size 10 --max-messages 100
says "transactions" '"totalProcessed":100,"consumed":100,"remaining":0'
transactions list
says "list" '^booker.*CompleteCommit'
transactions list --transactional-id-pattern 'other.*'
without "list by pattern" '^booker'
transactions describe --transactional-id booker
says "describe" 'CompleteCommit'
transactions describe-producers --topic booked --partition 0
says "describe producers" '^ProducerId'
transactions find-hanging --broker-id 1
says "nothing hangs" '^Topic'
without "nothing hangs" 'booked'

# A program that has begun a transaction and waits, to be ended by others.
begin() { # transactional id
  timeout 120 "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=off \
    -cp "$HERE/../target/classes:$libraries/*" dev.sluice.compat.OpenTransactionMain \
    "$BOOTSTRAP" "$1" "$1" >"$1.out" 2>&1 &
  opener=$!
  tries=0
  until grep -q '^open' "$1.out"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { cp "$1.out" out; fail "a transaction is open"; }
    sleep 0.1
  done
}

begin hanging
transactions describe --transactional-id hanging
says "an open transaction" 'Ongoing.*hanging-0'
transactions describe-producers --topic hanging --partition 0
says "its producer" '^[0-9]+'
transactions abort --topic hanging --partition 0 --start-offset 0
says "abort in a partition"
transactions describe-producers --topic hanging --partition 0
says "it is over there" 'None'
kill "$opener"
begin forced
transactions forceTerminateTransaction --transactionalId forced
says "end by id"
transactions describe --transactional-id forced
says "it is over" 'forced.*(Empty|PrepareAbort|CompleteAbort)'
kill "$opener"
