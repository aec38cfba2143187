package org.wagerail.ops.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.rest.Answers;
import org.wagerail.adapter.rest.Refused;

/** Answers what the web server refuses before anything of ours sees it, in our form. */
final class UnroutedRequests extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, @Nullable Throwable problem) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var code = status < 500 ? Refused.Code.REQUEST_INVALID : Refused.Code.INTERNAL;
    try {
      response.setContentType("application/problem+json");
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      var writer = response.getReporter();
      if (writer != null) {
        writer.write(Answers.problemText(code));
        response.finishResponse();
      }
    } catch (IOException gone) {
      // Nobody waits for the answer any more.
    }
  }
}
