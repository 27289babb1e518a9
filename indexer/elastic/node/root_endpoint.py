"""Answer `GET /` and `HEAD /`, whose handler is in a module that is not on Maven Central."""

from indexer.elastic.node.jvm import Java, java


def answer_root(node: Java) -> None:
    """Register a handler of `/` before the node starts; its response is built from the node's own classes."""
    from jpype import JProxy

    response, ok = java("org.elasticsearch.rest.RestResponse"), java("org.elasticsearch.rest.RestStatus").OK
    service = node.injector().getInstance(java("org.elasticsearch.cluster.service.ClusterService").class_)
    name, version = node.settings().get("node.name"), _version()

    def handle(request: Java, channel: Java, client: Java) -> None:
        # the channel's own builder respects the requested content type and filter_path
        answer = channel.newBuilder()
        if not request.hasParam("pretty"):  # Elasticsearch pretty-prints this response by default
            answer.prettyPrint().lfAtEnd()
        answer.startObject()
        state = service.state()
        answer.field("name", name).field("cluster_name", state.getClusterName().value())
        answer.field("cluster_uuid", state.metadata().clusterUUID())
        answer.field("version", version).field("tagline", "You Know, for Search").endObject()
        channel.sendResponse(response(ok, answer))

    handler = JProxy(java("org.elasticsearch.rest.RestHandler"), dict={"routes": _routes, "handleRequest": handle})
    controller = java("org.elasticsearch.rest.RestController")
    node.injector().getInstance(controller.class_).registerHandler(handler)


def _version() -> Java:
    """Return the value of `version`, in Elasticsearch's order."""
    from jpype import JBoolean

    build = java("org.elasticsearch.Build").current()
    lucene = java("org.elasticsearch.index.IndexVersion").current().luceneVersion()
    version = java("java.util.LinkedHashMap")()
    version.put("number", build.qualifiedVersion())
    version.put("build_flavor", build.flavor())
    version.put("build_type", build.type().displayName())
    version.put("build_hash", build.hash())
    version.put("build_date", build.date())
    version.put("build_snapshot", JBoolean(build.isSnapshot()))
    version.put("lucene_version", lucene.toString())
    version.put("minimum_wire_compatibility_version", build.minWireCompatVersion())
    version.put("minimum_index_compatibility_version", build.minIndexCompatVersion())
    return version


def _routes() -> Java:
    """Return the routes as a Java list: a Python list is not accepted."""
    route = java("org.elasticsearch.rest.RestHandler$Route")
    method = java("org.elasticsearch.rest.RestRequest$Method")
    routes = java("java.util.ArrayList")()
    for one in (method.GET, method.HEAD):
        routes.add(route(one, "/"))
    return routes
