# kafka-topics: create, list, describe, grow, delete, and what is refused.

topics --create --topic orders --partitions 3 --replication-factor 1 \
  --config retention.ms=3600000 --config cleanup.policy=compact,delete
says "create" 'Created topic orders'
topics --create --topic plain
says "create with the server's defaults" 'Created topic plain'
topics --create --topic placed --replica-assignment 1,1
says "create with an assignment" 'Created topic placed'

topics --list
says "list" '^orders$' '^plain$' '^placed$'
topics --describe --topic orders
says "describe" 'PartitionCount: 3.*ReplicationFactor: 1.*retention.ms=3600000' \
  'Partition: 2.*Leader: 1.*Replicas: 1.*Isr: 1'
topics --describe --unavailable-partitions
says "describe what is not available"
without "describe what is not available" 'Partition:'
topics --describe --at-min-isr-partitions --topic plain
says "describe what has its least replicas" 'Topic: plain'

topics --alter --topic orders --partitions 5
says "add partitions"
topics --describe --topic orders
says "the partitions are there" 'PartitionCount: 5'
topics --alter --topic orders --partitions 2
refuses "fewer partitions" 'has 5 partitions'

topics --create --topic orders
refuses "a topic that is there" 'already'
topics --create --topic orders --if-not-exists
says "a topic that is there, if it is not"
topics --create --topic wide --replication-factor 3
refuses "three replicas" 'one broker'
topics --create --topic a.b
says "a name with a dot" 'Created'
topics --create --topic a_b
refuses "the same name with an underscore" 'collides with existing topic: a.b'
topics --create --topic __consumer_offsets
refuses "a name of the server's own" '__consumer_offsets'
topics --create --topic few --config min.insync.replicas=2
refuses "two replicas in sync" 'one replica'

topics --delete --topic plain
says "delete"
topics --create --topic plain
says "create again at once" 'Created topic plain'
topics --delete --topic nowhere
refuses "delete what is not there" 'does not exist'
