# kafka-cluster, kafka-broker-api-versions, kafka-log-dirs, kafka-leader-election,
# kafka-reassign-partitions, kafka-features, kafka-metadata-quorum, kafka-client-metrics,
# kafka-replica-verification.

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
says "features" 'Feature: group.version.*SupportedMaxVersion: 1.*FinalizedVersionLevel: 1' \
  'Feature: transaction.version.*FinalizedVersionLevel: 2'
run FeatureCommand upgrade --feature group.version=1
refuses "changing features" 'does not support UPDATE_FEATURES'
run MetadataQuorumCommand describe --status
says "the quorum" '^LeaderId: +1'
run MetadataQuorumCommand describe --replication
says "its replicas" '^1 .*Leader'
tool org.apache.kafka.tools.ClusterTool list-endpoints --bootstrap-server "$BOOTSTRAP"
says "endpoints" '^1 +127.0.0.1 .*unfenced +broker'
tool org.apache.kafka.tools.ClusterTool unregister --id 1 --bootstrap-server "$BOOTSTRAP"
says "unregistering a broker" 'does not support the broker unregistration API'

run ClientMetricsCommand --list
says "client metrics: none"
run ClientMetricsCommand --alter --name m --metrics org.apache. --interval 1000
refuses "asking for client metrics" 'No metrics are collected from clients'

# The tool runs until it is stopped.
timeout 120 "$JAVA_HOME/bin/java" -cp "$libraries/*" org.apache.kafka.tools.ReplicaVerificationTool \
  --broker-list "$BOOTSTRAP" --report-interval-ms 1000 --topics-include moved --time -2 >out 2>&1 &
verifier=$!
until grep -q 'max lag is' out || ! kill -0 "$verifier" 2>/dev/null; do sleep 0.5; done
kill "$verifier" 2>/dev/null || true
code=0
says "replicas are the same" 'max lag is 0'
