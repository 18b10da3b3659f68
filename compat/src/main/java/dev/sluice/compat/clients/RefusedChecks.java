package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What the broker doesn't answer: the client says so at once, and nothing hangs. */
final class RefusedChecks {

  private final Admin admin;

  RefusedChecks(Admin admin) {
    this.admin = admin;
  }

  void run(Report report) {
    report.check("delegation tokens are refused", this::tokens);
    report.check("voters, brokers and features can't be changed", this::quorum);
    report.check("share groups are refused", this::shareGroups);
    report.check("a client that would send metrics gets no id for it", this::telemetry);
  }

  private void telemetry() {
    assertThat(admin.clientInstanceId(Duration.ofSeconds(10))).isNull();
  }

  private void tokens() {
    refused(() -> admin.createDelegationToken().delegationToken().get());
    refused(() -> admin.renewDelegationToken(new byte[1]).expiryTimestamp().get());
    refused(() -> admin.expireDelegationToken(new byte[1]).expiryTimestamp().get());
    refused(() -> admin.describeDelegationToken().delegationTokens().get());
  }

  private void quorum() {
    refused(
        () ->
            admin
                .addRaftVoter(2, Uuid.ONE_UUID, Set.of(new RaftVoterEndpoint("C", "h", 1)))
                .all()
                .get());
    refused(() -> admin.removeRaftVoter(2, Uuid.ONE_UUID).all().get());
    refused(() -> admin.unregisterBroker(2).all().get());
    refused(
        () ->
            admin
                .updateFeatures(
                    Map.of("group.version", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)),
                    new UpdateFeaturesOptions())
                .all()
                .get());
  }

  private void shareGroups() {
    refused(() -> admin.describeShareGroups(List.of("s")).all().get());
    refused(
        () ->
            admin.listShareGroupOffsets(Map.of("s", new ListShareGroupOffsetsSpec())).all().get());
    refused(
        () ->
            admin.alterShareGroupOffsets("s", Map.of(new TopicPartition("t", 0), 1L)).all().get());
    assertThatThrownBy(() -> admin.deleteShareGroups(List.of("s")).all().get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
    refused(() -> admin.deleteShareGroupOffsets("s", Set.of("t")).all().get());
  }

  private static void refused(Check call) {
    assertThatThrownBy(call::run).satisfies(RefusedChecks::isUnsupported);
  }

  private static void isUnsupported(Throwable failure) {
    Throwable root = failure.getCause() == null ? failure : failure.getCause();
    assertThat(root).isInstanceOf(UnsupportedVersionException.class);
  }
}
