#!/usr/bin/env node
// `npm create mcp-server`: hands over to mcpgen, which does the work.
import "mcpgen/create-mcp-server";
