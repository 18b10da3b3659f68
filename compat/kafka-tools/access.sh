# kafka-acls, and kafka-configs for users and client ids. Whoever comes here is anonymous, and nobody
# may do anything any more once there are users, unless a rule says so: the last part to run.

acls() { tool org.apache.kafka.tools.AclCommand --bootstrap-server "$BOOTSTRAP" "$@"; }

configs --alter --entity-type clients --entity-name someone --add-config producer_byte_rate=1000000
says "a quota" 'Completed updating'
configs --describe --entity-type clients --entity-name someone
says "it is described" 'producer_byte_rate=1000000'
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
