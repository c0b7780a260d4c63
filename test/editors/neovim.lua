-- What the tests ask of Neovim, a function each.
local driver = {}

local function client()
  return vim.lsp.get_clients({ bufnr = 0, name = 'remote_relationships' })[1]
end


function driver.open(file)
  vim.cmd.stopinsert()
  vim.cmd.edit({ args = { file }, bang = true })
end

function driver.ready()
  return client() ~= nil and client().initialized == true
end

function driver.findings()
  local found = {}
  for _, finding in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { line = finding.lnum, character = finding.col, text = finding.code })
  end
  return found
end

function driver.go(line, character)
  vim.api.nvim_win_set_cursor(0, { line + 1, character })
end

function driver.hover()
  vim.lsp.buf.hover()
end

function driver.hovered()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local text = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
      vim.api.nvim_win_close(window, true)
      return table.concat(text, '\n')
    end
  end
  return ''
end

function driver.definition()
  vim.lsp.buf.definition()
end

function driver.place()
  local line, character = unpack(vim.api.nvim_win_get_cursor(0))
  return { file = vim.api.nvim_buf_get_name(0), line = line - 1, character = character }
end

function driver.fix(title)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.title == title end,
  })
end

function driver.text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n'
end

function driver.type(text)
  vim.api.nvim_input('<Esc>GA' .. text)
end

function driver.ask()
  if vim.lsp.completion then
    vim.lsp.completion.get()
  else
    vim.api.nvim_input('<C-x><C-o>')
  end
end

function driver.offered()
  local labels = {}
  for _, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
    table.insert(labels, item.abbr ~= '' and item.abbr or item.word)
  end
  return labels
end

function driver.choose(label)
  local steps = vim.iter(driver.offered()):enumerate():find(function(_, one) return one == label end)
  local chosen = vim.fn.complete_info({ 'selected' }).selected
  -- The only one is put in at once, without a list.
  local accept = vim.fn.pumvisible() == 1 and '<C-y>' or ''
  vim.api.nvim_input(('<C-n>'):rep(steps - 1 - chosen) .. accept)
end

local pipe = assert(vim.uv.new_pipe())
local pending = ''
pipe:connect(vim.env.DRIVER_SOCKET, function(problem)
  assert(not problem, problem)
  pipe:read_start(vim.schedule_wrap(function(_, data)
    if not data then return end
    pending = pending .. data
    for line in pending:gmatch('([^\n]*)\n') do
      local _, _, given, id = unpack(vim.json.decode(line))
      local ok, answer = pcall(driver[given[1]], unpack(given[2]))
      if not ok then answer = { error = tostring(answer) } end
      if answer == nil then answer = vim.NIL end
      pipe:write(vim.json.encode({ id, answer }) .. '\n')
    end
    pending = pending:match('[^\n]*$')
  end))
end)
