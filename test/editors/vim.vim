" What the tests ask of Vim, a function each, with ALE, coc.nvim or vim-lsp.
let s:driver = {}

function! s:driver.open(file) abort
  execute 'edit!' fnameescape(a:file)
endfunction

function! s:driver.go(line, character) abort
  call cursor(a:line + 1, a:character + 1)
endfunction

function! s:driver.place() abort
  return #{file: expand('%:p'), line: line('.') - 1, character: col('.') - 1}
endfunction

function! s:driver.text() abort
  return getline(1, '$')->join("\n") .. "\n"
endfunction

function! s:driver.type(text) abort
  call feedkeys("\<Esc>GA" .. a:text, 't')
endfunction

function! s:driver.offered() abort
  " Some show what they put in.
  return complete_info(['items']).items->mapnew({_, item -> item.word->substitute(':.*', '', '')})
endfunction

function! s:driver.choose(label) abort
  let steps = self.offered()->index(a:label) - complete_info(['selected']).selected
  call feedkeys(repeat("\<C-n>", steps) .. (pumvisible() ? "\<C-y>" : ''), 't')
endfunction

function! s:AnswerWhen(IsAsked, keys) abort
  call timer_start(50, {timer -> a:IsAsked() && [timer_stop(timer), feedkeys(a:keys, 't')] is 0}, #{repeat: 200})
endfunction

if exists('g:loaded_ale')
  let g:ale_hover_to_preview = 1

  function! s:driver.ready() abort
    return v:true
  endfunction

  function! s:driver.findings() abort
    return ale#engine#GetLoclist(bufnr(''))->mapnew(
      \ {_, found -> #{line: found.lnum - 1, character: found.col - 1, text: found.text .. get(found, 'code', '')}})
  endfunction

  function! s:driver.hover() abort
    ALEHover
  endfunction

  function! s:driver.hovered() abort
    for window in range(1, winnr('$'))
      if getwinvar(window, '&previewwindow')
        return getbufline(winbufnr(window), 1, '$')->join("\n")
      endif
    endfor
    return ''
  endfunction

  function! s:driver.definition() abort
    ALEGoToDefinition
  endfunction

  function! s:driver.fix(title) abort
    call s:AnswerWhen({-> mode() !=# 'n'}, "1\<CR>")
    ALECodeAction
  endfunction

  function! s:driver.ask() abort
    call feedkeys("\<C-x>\<C-o>", 't')
  endfunction
elseif exists('g:did_coc_loaded')
  inoremap <silent><expr> <Plug>(ask) coc#refresh()

  function! s:driver.ready() abort
    return get(g:, 'coc_service_initialized') &&
      \ !empty(CocAction('services')->filter({_, service -> service.id =~# 'remote-relationships' && service.state ==# 'running'}))
  endfunction

  function! s:driver.findings() abort
    return CocAction('diagnosticList')->filter({_, found -> found.file ==# expand('%:p')})->map(
      \ {_, found -> #{line: found.lnum - 1, character: found.col - 1, text: found.message .. get(found, 'code', '')}})
  endfunction

  function! s:driver.hover() abort
    call CocActionAsync('doHover')
  endfunction

  function! s:driver.hovered() abort
    return popup_list()->mapnew({_, id -> getbufline(winbufnr(id), 1, '$')->join("\n")})->join("\n")
  endfunction

  function! s:driver.definition() abort
    call CocActionAsync('jumpDefinition')
  endfunction

  function! s:driver.fix(title) abort
    let fixes = CocAction('codeActions')->filter({_, action -> action.title ==# a:title})
    call CocActionAsync('doCodeAction', fixes[0])
  endfunction

  function! s:driver.ask() abort
    call feedkeys("\<Plug>(ask)")
  endfunction

  function! s:driver.offered() abort
    if !coc#pum#visible()
      return []
    endif
    " Behind a label stand the mark of a snippet, and what it is.
    return getbufline(winbufnr(coc#pum#winid()), 1, '$')->map({_, line -> line->trim()->matchstr('^[^ ~]*')})
  endfunction

  function! s:driver.choose(label) abort
    let steps = self.offered()->index(a:label) - coc#pum#info().index
    call feedkeys(repeat("\<C-n>", steps) .. "\<C-y>", 't')
  endfunction
else
  function! s:driver.ready() abort
    return lsp#get_server_status('remote-relationships') ==# 'running'
  endfunction

  function! s:driver.findings() abort
    let uri = lsp#utils#get_buffer_uri(bufnr(''))
    let found = []
    for answer in values(lsp#internal#diagnostics#state#_get_all_diagnostics_grouped_by_server_for_uri(uri))
      for one in answer.params.diagnostics
        call add(found, #{line: one.range.start.line, character: one.range.start.character, text: one.code})
      endfor
    endfor
    return found
  endfunction

  function! s:driver.hover() abort
    LspHover
  endfunction

  function! s:driver.hovered() abort
    return popup_list()->mapnew({_, id -> getbufline(winbufnr(id), 1, '$')->join("\n")})->join("\n")
  endfunction

  function! s:driver.definition() abort
    LspDefinition
  endfunction

  function! s:driver.fix(title) abort
    call s:AnswerWhen({-> &filetype =~# 'quickpick'}, "\<CR>")
    LspCodeAction
  endfunction

  function! s:driver.ask() abort
    call feedkeys("\<C-x>\<C-o>", 't')
  endfunction
endif

function! Drive(name, arguments) abort
  try
    return call(s:driver[a:name], a:arguments, s:driver)
  catch
    return #{error: v:exception .. ' ' .. v:throwpoint}
  endtry
endfunction

let s:channel = ch_open('unix:' .. $DRIVER_SOCKET, #{mode: 'json'})
