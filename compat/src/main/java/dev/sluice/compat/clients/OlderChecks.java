package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** What clients can do since 2.7 and that the server answers older ones in another way. */
final class OlderChecks {

  private final Cluster cluster;

  OlderChecks(Cluster cluster) {
    this.cluster = cluster;
  }

  void run(Report report) {
    report.check(
        "features are described",
        () -> {
          try (Admin admin = Admin.create(cluster.with(Map.of()))) {
            assertThat(admin.describeFeatures().featureMetadata().get().finalizedFeatures())
                .containsKeys("group.version", "transaction.version");
          }
        });
  }
}
