package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SaslHandshakeRequest;
import org.apache.kafka.common.requests.SaslHandshakeResponse;

/** Lets a client choose a mechanism. */
final class SaslHandshakeHandler implements BlockingHandler<SaslHandshakeRequest> {

  private final SaslExchanges exchanges;

  SaslHandshakeHandler(SaslExchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.SASL_HANDSHAKE;
  }

  /** Version 0 is followed by tokens that are no requests: clients have known 1 since Kafka 1.0. */
  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public SaslHandshakeResponse handle(SaslHandshakeRequest request, Call call) {
    SaslHandshakeResponseData answer =
        new SaslHandshakeResponseData()
            .setMechanisms(call.identity().mechanisms().stream().sorted().toList());
    try {
      exchanges.begin(call, request.data().mechanism());
    } catch (IllegalSaslStateException | UnsupportedSaslMechanismException refused) {
      answer.setErrorCode(Errors.forException(refused).code());
    }
    return new SaslHandshakeResponse(answer);
  }
}
