package dev.sluice.gateway.connect.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.Specs;
import dev.sluice.gateway.log.GroupDescription;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.gateway.log.Transactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  /** The groups of a log; remembers of which the offsets were asked for. */
  private static final class AskedGroups implements Groups {

    private final Groups groups;
    private final List<String> asked = new ArrayList<>();

    AskedGroups(Groups groups) {
      this.groups = groups;
    }

    @Override
    public List<String> list() {
      return groups.list();
    }

    @Override
    public List<GroupDescription> descriptions() {
      return groups.descriptions();
    }

    @Override
    public Map<String, Map<TopicPartition, Long>> committed() {
      return groups.committed();
    }

    @Override
    public Map<TopicPartition, Long> committed(String group) {
      asked.add(group);
      return groups.committed(group);
    }

    @Override
    public void commit(String group, Map<TopicPartition, Long> offsets) {
      groups.commit(group, offsets);
    }

    @Override
    public void delete(String group) {
      groups.delete(group);
    }
  }

  /** There are none. */
  private static final class NoTransactions implements Transactions {

    @Override
    public TransactionalProducer open(String transactionalId) {
      throw new UnsupportedOperationException("No transaction is wanted here.");
    }

    @Override
    public void settle(String prefix) {}
  }

  private final InMemoryLog log = new InMemoryLog();
  private final AskedGroups groups = new AskedGroups(log.groups());
  private final LogPorts ports = new LogPorts(log, log, groups, new NoTransactions());

  private void fill(String topic, int partitions, int records) {
    var unused = log.create(topic, partitions, TopicSettings.DEFAULT);
    NewRecord record = new NewRecord(1, null, null, List.of());
    for (int partition = 0; partition < partitions; partition++) {
      var unusedAppend =
          log.append(new TopicPartition(topic, partition), Collections.nCopies(records, record))
              .join();
    }
  }

  @Test
  void looksOnceForTheLagOfAllTasks() {
    fill("orders", 3, 10);
    fill(OwnTopics.redelivery("out"), 1, 4);
    ConnectorSpec spec = Specs.with(Specs.sink("out", "list", "orders"), 2);
    groups.commit(
        Groups.ofConnector("out"),
        Map.of(new TopicPartition("orders", 0), 7L, new TopicPartition("orders", 1), 1L));

    assertThat(Assignment.lags(ports, spec, 2)).containsExactly(3L + 10 + 4, 9L);
    assertThat(groups.asked).containsExactly(Groups.ofConnector("out"));
  }
}
