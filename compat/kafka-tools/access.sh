# kafka-acls, and kafka-configs for users and client ids. Whoever comes here is anonymous, and nobody
# may do anything any more once there are users, unless a rule says so: the last part to run.

acls() { tool org.apache.kafka.tools.AclCommand --bootstrap-server "$BOOTSTRAP" "$@"; }

configs --alter --entity-type clients --entity-name someone --add-config producer_byte_rate=1000000
says "a quota" 'Completed updating'
configs --describe --entity-type clients --entity-name someone
says "it is described" 'producer_byte_rate=1000000'
configs --alter --entity-type clients --entity-name someone --delete-config producer_byte_rate
says "a quota is cleared" 'Completed updating'
configs --describe --entity-type clients --entity-name someone
without "a quota is cleared" 'producer_byte_rate'
configs --alter --entity-type users --entity-default --add-config consumer_byte_rate=1000000
says "a quota of everybody" 'Completed updating'
configs --describe --entity-type users --entity-default
says "it is described" 'consumer_byte_rate=1000000'
configs --alter --entity-type users --entity-default --delete-config consumer_byte_rate
says "and cleared" 'Completed updating'
configs --alter --entity-type users --entity-name u --entity-type clients --entity-name c \
  --add-config producer_byte_rate=5000
says "a quota of a user with a client id" 'Completed updating'
configs --describe --entity-type users --entity-name u --entity-type clients
says "it is described" "user-principal 'u', client-id 'c' are producer_byte_rate=5000"
configs --alter --entity-type users --entity-name u --add-config request_percentage=10
refuses "a share of the server's time" 'request_percentage'
configs --alter --entity-type ips --entity-name 127.0.0.1 --add-config connection_creation_rate=10
refuses "a limit of connections" 'IP address'
acls --add --allow-principal User:ANONYMOUS --operation All --cluster --topic '*' --group '*' --force
says "rules" 'Adding ACLs'
acls --list
says "they are listed" 'principal=User:ANONYMOUS.*operation=ALL'
configs --alter --entity-type users --entity-name ann --add-config 'SCRAM-SHA-256=[password=secret]'
says "a user" 'Completed updating'
configs --describe --entity-type users --entity-name ann
says "the user is described" 'SCRAM-SHA-256=iterations=[0-9]+'
configs --alter --entity-type users --entity-name ann --delete-config SCRAM-SHA-256
says "the user is removed" 'Completed updating'
acls --remove --allow-principal User:ANONYMOUS --operation All --topic '*' --force
says "a rule is removed"
acls --list
says "the others are there" 'resourceType=CLUSTER'
without "a rule is removed" 'resourceType=TOPIC'
