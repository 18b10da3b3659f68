package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/**
 * Every call that Kafka's {@code Admin} has: what the broker serves, and what it refuses. A call
 * that a newer client has and that nobody tries here fails the last check.
 */
final class AdminChecks {

  /** They ask the broker nothing. */
  private static final Set<String> LOCAL =
      Set.of(
          "close", "metrics", "registerMetricForSubscription", "unregisterMetricFromSubscription");

  private AdminChecks() {}

  static void run(Cluster cluster, Report report) {
    try (AskedAdmin admin = new AskedAdmin(cluster)) {
      new AdminTopicChecks(cluster, admin.get()).run(report);
      new AdminGroupChecks(cluster, admin.get()).run(report);
      new AdminTransactionChecks(cluster, admin.get()).run(report);
      new AdminAccessChecks(cluster, admin.get()).run(report);
      new RefusedChecks(admin.get()).run(report);
      report.check(
          "no call of this client is left out", () -> assertThat(admin.unasked()).isEqualTo(LOCAL));
    }
  }
}
