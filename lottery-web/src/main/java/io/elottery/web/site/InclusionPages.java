package io.elottery.web.site;

import io.elottery.lottery.id.TicketId;
import io.elottery.web.api.HeadsApi;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Inclusions;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.concurrent.CompletableFuture;

/** The proof that a ticket is part of what the copies signed, to be kept beside its receipt. */
final class InclusionPages {
  private final Inclusions inclusions;
  private final Reception reception;

  InclusionPages(Inclusions inclusions, Reception reception) {
    this.inclusions = inclusions;
    this.reception = reception;
  }

  void addTo(RouteTable routes) {
    routes.add("GET", "/tickets/{ticket}/inclusion.json", this::inclusion);
  }

  private CompletableFuture<WebAnswer> inclusion(WebRequest request) throws Unacceptable {
    TicketId id = Input.ticket(request);
    return reception
        .member(request)
        .thenCompose(member -> inclusions.of(request, member.session().player(), id))
        .thenApply(found -> WebAnswer.json(200, HeadsApi.json(found)).asFile(id + "-signed.json"))
        .exceptionally(problem -> reception.orSignIn(request, problem));
  }
}
