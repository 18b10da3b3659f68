# kafka-configs: of topics, groups and the broker.

of() { configs "$1" --entity-type "$2" --entity-name "$3" ${4:+"$4"} ${5:+"$5"}; }

topics --create --topic settings
says "a topic" 'Created'
of --alter topics settings --add-config 'segment.bytes=2000000,retention.ms=5000'
says "set" 'Completed updating'
of --describe topics settings
says "describe" 'segment.bytes=2000000.*DYNAMIC_TOPIC_CONFIG' 'retention.ms=5000.*log.retention.ms=-1'
of --alter topics settings --add-config 'cleanup.policy=[compact,delete]'
says "set a list" 'Completed updating'
of --alter topics settings --delete-config retention.ms
says "clear" 'Completed updating'
of --describe topics settings --all
says "describe all" 'retention.ms=-1' 'cleanup.policy=compact,delete' 'sluice.flush=ack' 'compression.type=producer'
of --alter topics settings --add-config sluice.flush=os
says "set what Kafka has no name for" 'Completed updating'
of --alter topics settings --add-config sluice.flush=never
refuses "a value that can't be" 'never'
of --alter topics settings --add-config retention.mss=5
refuses "a setting that there isn't" "did you mean 'retention.ms'"
of --alter topics nowhere --add-config retention.ms=5
refuses "a topic that there isn't" "no topic 'nowhere'"

of --describe brokers 1 --all
says "the broker" 'num.partitions=1' 'auto.create.topics.enable=true' 'log.retention.ms=-1'
of --alter brokers 1 --add-config log.retention.ms=5
refuses "changing the broker" 'configuration'

of --alter groups readers --add-config consumer.session.timeout.ms=50000
says "set of a group" 'Completed updating'
of --describe groups readers
says "describe of a group" 'consumer.session.timeout.ms=50000.*DYNAMIC_GROUP_CONFIG'
of --alter groups readers --add-config consumer.session.timeout.ms=1
refuses "a session too short" 'consumer.session.timeout.ms'
