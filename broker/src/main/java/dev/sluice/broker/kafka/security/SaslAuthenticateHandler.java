package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.requests.SaslAuthenticateResponse;

/** Takes the tokens of a client that proves who it is. */
final class SaslAuthenticateHandler implements BlockingHandler<SaslAuthenticateRequest> {

  private final SaslExchanges exchanges;

  SaslAuthenticateHandler(SaslExchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.SASL_AUTHENTICATE;
  }

  @Override
  public SaslAuthenticateResponse handle(SaslAuthenticateRequest request, Call call) {
    SaslAuthenticateResponseData answer = new SaslAuthenticateResponseData();
    try {
      SaslExchanges.Answer next = exchanges.proceed(call, request.data().authBytes());
      answer.setAuthBytes(next.token()).setSessionLifetimeMs(next.lifetimeMillis());
    } catch (IllegalSaslStateException | SaslAuthenticationException refused) {
      answer
          .setErrorCode(Errors.forException(refused).code())
          .setErrorMessage(refused.getMessage());
    }
    return new SaslAuthenticateResponse(answer);
  }
}
