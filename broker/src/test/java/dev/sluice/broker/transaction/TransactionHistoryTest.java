package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.requests.TransactionResult;
import org.junit.jupiter.api.Test;

/**
 * Random histories of one transactional id: clients of both generations that come, repeat
 * themselves, lose answers and fence each other; a disk that fails and leaves open whether it did;
 * crashes between any two steps; and time that runs out. After each step and at the end:
 * ONE-OUTCOME, EPOCH-NEVER-GOES-BACK, STORED-THEN-TOLD, ONE-AT-A-TIME, no partition left open, what
 * was promised to a client is so, and a fenced producer never succeeds.
 */
class TransactionHistoryTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 50_000 : 2_000;
  private static final int STEPS = 400;

  @Test
  void holdsItsInvariantsWhateverHappens() {
    int promises = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      try {
        promises += live(seed, seed % 4 == 0);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("Seed " + seed, failure);
      }
    }
    assertThat(promises).as("transactions that ended").isGreaterThan(SEEDS * 3);
  }

  /**
   * One history.
   *
   * @param isAlone whether there is one client only, and no time to run out: it is never fenced
   */
  private static int live(int seed, boolean isAlone) {
    Random random = new Random(seed);
    SimulatedPartitions partitions = new SimulatedPartitions(3);
    SimulatedCoordinator coordinator = new SimulatedCoordinator(random, partitions);
    if (random.nextInt(3) == 0) {
      coordinator.startAt(
          new ProducerIdentity(1, (short) (Short.MAX_VALUE - 1 - random.nextInt(4))));
    }
    Map<String, TransactionResult> promised = new HashMap<>();
    List<SimulatedProducer> producers = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      boolean isFull = producers.size() >= (isAlone ? 1 : 6);
      step(random, partitions, coordinator, producers, isFull, isAlone, promised);
      partitions.checkOneOutcome();
    }
    if (isAlone) {
      assertThat(producers).noneMatch(SimulatedProducer::isDead);
    }
    coordinator.settle();
    partitions.checkNothingOpen();
    partitions.checkOneOutcome();
    promised.forEach(
        (label, result) -> {
          if (!partitions.outcome(label).isEmpty()) {
            assertThat(partitions.outcome(label)).as(label).isEqualTo(EnumSet.of(result));
          }
        });
    return promised.size();
  }

  private static void step(
      Random random,
      SimulatedPartitions partitions,
      SimulatedCoordinator coordinator,
      List<SimulatedProducer> producers,
      boolean isFull,
      boolean isTimeless,
      Map<String, TransactionResult> promised) {
    switch (random.nextInt(16)) {
      case 0 -> {
        if (producers.isEmpty() || (!isFull && random.nextInt(4) == 0)) {
          producers.add(new SimulatedProducer(producers.size(), random, coordinator, promised));
        }
      }
      case 1, 2, 3, 4 -> coordinator.writeMarker();
      case 5, 6, 7, 8 -> coordinator.finishStoring();
      case 9 -> {
        if (random.nextInt(4) == 0) {
          coordinator.crash();
          producers.forEach(SimulatedProducer::disconnect);
        }
      }
      case 10 -> coordinator.passTime(isTimeless ? 0 : random.nextInt(20_000));
      default -> {
        List<SimulatedProducer> alive =
            producers.stream().filter(producer -> !producer.isDead()).toList();
        if (!alive.isEmpty()) {
          SimulatedProducer one = alive.get(random.nextInt(alive.size()));
          one.act(
              partitions.all(),
              () ->
                  producers.stream()
                      .filter(other -> other != one)
                      .forEach(SimulatedProducer::fence));
        }
      }
    }
  }
}
