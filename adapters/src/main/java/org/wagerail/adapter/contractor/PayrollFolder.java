package org.wagerail.adapter.contractor;

import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.wagerail.project.Banks;

/**
 * The watched folder: {@code <folder>/<bank code>/*.xml}. A file is taken once it has stopped
 * growing; it moves away only when its bytes are kept and the inbox has committed, so a crash in
 * between brings it twice and never loses it.
 */
@Component
@ConditionalOnProperty("wagerail.contractor.folder")
final class PayrollFolder extends RouteBuilder {
  private final PayrollFiles files;
  private final Banks banks;
  private final Clock clock;
  private final String folder;

  PayrollFolder(
      PayrollFiles files,
      Banks banks,
      Clock clock,
      @Value("${wagerail.contractor.folder}") String folder) {
    this.files = files;
    this.banks = banks;
    this.clock = clock;
    this.folder = folder;
  }

  @Override
  public void configure() {
    for (var bank : banks.all()) {
      from("file:"
              + folder
              + "/"
              + bank.code()
              + "?include=.*\\.xml&readLock=changed&readLockMinAge=200&readLockCheckInterval=100"
              + "&delay=300&initialDelay=100&move=.taken/${file:name}-${exchangeId}"
              + "&moveFailed=.failed/${file:name}-${exchangeId}")
          .routeId("payrolls-" + bank.code())
          .process(exchange -> take(bank.bank(), exchange));
    }
  }

  private void take(int bank, Exchange exchange) throws InvalidPayloadException {
    var file = exchange.getIn().getMandatoryBody(java.io.File.class);
    files.receive(bank, List.of(file.toPath()), clock.instant());
  }
}
