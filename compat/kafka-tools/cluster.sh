# kafka-cluster, kafka-broker-api-versions, kafka-log-dirs, kafka-leader-election,
# kafka-reassign-partitions, kafka-features.

run() {
  class=$1
  shift
  tool "org.apache.kafka.tools.$class" --bootstrap-server "$BOOTSTRAP" "$@"
}

tool org.apache.kafka.tools.ClusterTool cluster-id --bootstrap-server "$BOOTSTRAP"
says "cluster id" '^Cluster ID: ..........'
run BrokerApiVersionsCommand
says "api versions" 'CreateTopics\(19\): 2 to' 'IncrementalAlterConfigs\(44\): 0 to'

topics --create --topic moved --partitions 2
says "a topic" 'Created'
run LogDirsCommand --describe --topic-list moved
says "log directories" '"partition":"moved-1"' '"error":null'
run LeaderElectionCommand --election-type preferred --topic moved --partition 0
says "election" 'already elected'
run LeaderElectionCommand --election-type preferred --all-topic-partitions
says "election of all"

echo '{"version":1,"partitions":[{"topic":"moved","partition":0,"replicas":[1]}]}' >move.json
run reassign.ReassignPartitionsCommand --reassignment-json-file move.json --execute
says "reassignment to where it is" 'Successfully started'
run reassign.ReassignPartitionsCommand --reassignment-json-file move.json --verify
says "it is complete" 'is completed'
run reassign.ReassignPartitionsCommand --list
says "none under way" 'No partition reassignments'
echo '{"version":1,"partitions":[{"topic":"moved","partition":0,"replicas":[1,2]}]}' >move.json
run reassign.ReassignPartitionsCommand --reassignment-json-file move.json --execute
refuses "reassignment to a broker that there isn't" 'broker'

run FeatureCommand describe
says "features"
