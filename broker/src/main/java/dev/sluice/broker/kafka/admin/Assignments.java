package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.metadata.ThisNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;

/** Which brokers partitions are to be on, where the client says so. */
final class Assignments {

  private Assignments() {}

  /** How many partitions are assigned, from 0 on without gaps, each to this broker. */
  static int count(Collection<CreatableReplicaAssignment> assignments) {
    Set<Integer> numbers = new TreeSet<>();
    for (CreatableReplicaAssignment assignment : assignments) {
      check(assignment.brokerIds());
      if (!numbers.add(assignment.partitionIndex())) {
        throw new InvalidReplicaAssignmentException(
            "Partition " + assignment.partitionIndex() + " is assigned more than once.");
      }
    }
    int expected = 0;
    for (int number : numbers) {
      if (number != expected) {
        throw new InvalidReplicaAssignmentException(
            "Partitions are numbered from 0 without gaps; " + expected + " is missing.");
      }
      expected++;
    }
    return expected;
  }

  /** Whether a partition can be on these brokers. */
  static boolean isHere(List<Integer> brokers) {
    return brokers.equals(List.of(ThisNode.ID));
  }

  static void check(List<Integer> brokers) {
    if (!isHere(brokers)) {
      throw new InvalidReplicaAssignmentException(
          "There is one broker, with id "
              + ThisNode.ID
              + "; a partition can't be on "
              + brokers
              + ".");
    }
  }
}
