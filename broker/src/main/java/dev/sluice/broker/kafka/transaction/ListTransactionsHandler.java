package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.transaction.Transaction;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListTransactionsRequest;
import org.apache.kafka.common.requests.ListTransactionsResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.coordinator.transaction.TransactionState;

/** Lists transactional ids, by state, producer, age and pattern (KIP-664, KIP-994, KIP-1152). */
final class ListTransactionsHandler implements BlockingHandler<ListTransactionsRequest> {

  private final TransactionCoordinator coordinator;
  private final Clock clock;

  ListTransactionsHandler(TransactionCoordinator coordinator, Clock clock) {
    this.coordinator = coordinator;
    this.clock = clock;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.LIST_TRANSACTIONS;
  }

  @Override
  public AbstractResponse handle(ListTransactionsRequest request, Call call) {
    ListTransactionsRequestData filters = request.data();
    ListTransactionsResponseData data = new ListTransactionsResponseData();
    Set<TransactionState> states = new HashSet<>();
    for (String name : filters.stateFilters()) {
      Optional<TransactionState> state = TransactionState.fromName(name);
      state.ifPresent(states::add);
      if (state.isEmpty()) {
        boolean unused = data.unknownStateFilters().add(name);
      }
    }
    IdPattern pattern = IdPattern.of(filters.transactionalIdPattern());
    long now = clock.millis();
    List<ListTransactionsResponseData.TransactionState> found = new ArrayList<>();
    coordinator
        .list()
        .forEach(
            (id, transaction) -> {
              if (matches(transaction, filters, states, now)
                  && pattern.matches(id)
                  && call.wouldAllow(AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, id)) {
                found.add(
                    new ListTransactionsResponseData.TransactionState()
                        .setTransactionalId(id)
                        .setProducerId(transaction.producer().id())
                        .setTransactionState(transaction.state().stateName()));
              }
            });
    return new ListTransactionsResponse(data.setTransactionStates(found));
  }

  private static boolean matches(
      Transaction transaction,
      ListTransactionsRequestData filters,
      Set<TransactionState> states,
      long now) {
    boolean isOfProducer =
        filters.producerIdFilters().isEmpty()
            || filters.producerIdFilters().contains(transaction.producer().id());
    boolean isInState = filters.stateFilters().isEmpty() || states.contains(transaction.state());
    boolean isOldEnough =
        filters.durationFilter() < 0
            || now - transaction.startedMillis() > filters.durationFilter();
    return isOfProducer && isInState && isOldEnough;
  }
}
